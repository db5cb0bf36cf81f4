using System.CommandLine;
using MediaSecurityLite.Gateway.Cli;
using MediaSecurityLite.Gateway.Cloud;
using MediaSecurityLite.Gateway.Health;
using MediaSecurityLite.Gateway.Outbox;
using MediaSecurityLite.Gateway.Patterns;
using MediaSecurityLite.Gateway.Pipeline;
using MediaSecurityLite.Gateway.Policy;
using MediaSecurityLite.Gateway.Replay;
using MediaSecurityLite.Gateway.Settings;
using MediaSecurityLite.Gateway.Updates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var root = new RootCommand("The agent of a security gateway")
{
    RunCommand.Create(Compose),
    StatusCommand.Create(),
    DoctorCommand.Create(),
    PolicyCommand.Create(),
    PatternsCommand.Create(),
    ExplainCommand.Create(),
    ReplayCommand.Create(),
};
root.Options.Add(CommandLine.ConfigOption);
return await CommandLine.RunAsync(root, args);

// The service. What starts first stops last: the outbox outlives whoever makes events, the cloud comes when all else stands.
static IHost Compose(GatewaySettings settings)
{
    var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "mslgw" });
    builder.Services.AddSingleton(settings).AddSingleton(TimeProvider.System);
    builder
        .AddJournal()
        .AddPolicy()
        .AddPatterns()
        .AddOutbox()
        .AddPipeline(settings.Gateway.Mode)
        .AddUpdates()
        .AddHealth()
        .AddCloud();
    return builder.Build();
}

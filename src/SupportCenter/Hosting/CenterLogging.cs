using Microsoft.Extensions.Logging.Console;

namespace MediaSecurityLite.SupportCenter.Hosting;

/// <summary>Logs go to standard error, one line each; the service manager's journal adds the time.</summary>
internal static class CenterLogging
{
    public static void AddLogging(this WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.Logging.SetMinimumLevel(LogLevel.Information);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);

        // Whoever uses the database reports its faults, without a stack trace.
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.None);

        // A failed start is told in one line by the command; these would add a stack trace to it.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        builder.Logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.None);

        // The page's keys hold no customer data, and the data directory is closed to others.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
            console.UseUtcTimestamp = true;
        });
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}

using System.CommandLine;
using MediaSecurityLite.Gateway.Health;
using MediaSecurityLite.Gateway.Settings;

namespace MediaSecurityLite.Gateway.Cli;

/// <summary><c>mslgw doctor</c>: what this machine lacks, one line each.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var command = new Command("doctor", "Say what this machine lacks to run the service");
        command.SetAction((parsed, cancellationToken) =>
            ExamineAsync(parsed.GetRequiredValue(CommandLine.ConfigOption), cancellationToken));
        return command;
    }

    private static async Task<int> ExamineAsync(string configFile, CancellationToken cancellationToken)
    {
        var findings = await Doctor.ExamineAsync(GatewaySettings.Read(configFile), TimeProvider.System, cancellationToken);
        foreach (var finding in findings)
        {
            await Console.Out.WriteLineAsync($"{Mark(finding.Grade),-8} {finding.Subject}: {finding.Text.ReplaceLineEndings(" ")}");
        }

        return findings.Any(finding => finding.Grade == DoctorGrade.Missing) ? ExitCode.Failed : ExitCode.Ok;
    }

    private static string Mark(DoctorGrade grade) => grade switch
    {
        DoctorGrade.Good => "ok",
        DoctorGrade.Warning => "warning",
        _ => "missing",
    };
}

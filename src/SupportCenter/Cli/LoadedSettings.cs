using MediaSecurityLite.SupportCenter.Settings;

namespace MediaSecurityLite.SupportCenter.Cli;

/// <summary>The settings of a command, and where the logging library finds its own.</summary>
internal sealed record LoadedSettings(CenterOptions Options, IConfiguration Configuration);

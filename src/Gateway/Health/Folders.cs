using MediaSecurityLite.Gateway.Settings;

namespace MediaSecurityLite.Gateway.Health;

/// <summary>The folders of the agent; under systemd they exist already.</summary>
internal static class Folders
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnerAndGroup = OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.GroupExecute;

    /// <exception cref="StartException">A folder is missing and cannot be made.</exception>
    public static void Prepare(GatewayOptions options)
    {
        Make(nameof(options.DataDirectory), options.DataDirectory, OwnerOnly);
        Make(nameof(options.RuntimeDirectory), options.RuntimeDirectory, OwnerAndGroup);
    }

    private static void Make(string key, string folder, UnixFileMode mode)
    {
        try
        {
            Directory.CreateDirectory(folder, mode);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"{key}: {e.Message}", e);
        }
    }
}

namespace MediaSecurityLite.Gateway.Health;

/// <summary>Can this user write where the agent must write.</summary>
internal static class FolderCheck
{
    public static DoctorFinding Examine(string key, string folder)
    {
        if (!Directory.Exists(folder))
        {
            return DoctorFinding.Missing(key, $"{folder} does not exist (the service's unit makes it)");
        }

        var probe = Path.Combine(folder, $".doctor-{Environment.ProcessId}");
        try
        {
            using (File.Create(probe, bufferSize: 1, FileOptions.DeleteOnClose))
            {
                return DoctorFinding.Good(key, $"{folder} is writable for {Environment.UserName}");
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return DoctorFinding.Missing(key, $"{folder} is not writable for {Environment.UserName}: {e.Message}");
        }
    }
}

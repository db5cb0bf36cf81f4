using System.Reflection;

namespace MediaSecurityLite.SupportCenter.Settings;

/// <summary>Reads the settings: the file, then the environment (<c>MSLCENTER_Broker__Port</c>); checks them and refuses unknown keys.</summary>
internal static class SettingsFile
{
    public const string DefaultPath = "/etc/mslcenter/mslcenter.json";

    private const string EnvironmentPrefix = "MSLCENTER_";

    // Read by the logging library, not by us.
    private const string LoggingSection = "Logging";

    /// <param name="path">Null: <see cref="DefaultPath"/> where it exists, else the defaults.</param>
    /// <exception cref="SettingsException">A file cannot be read, or a value or key is wrong.</exception>
    public static (CenterOptions Options, IConfiguration Configuration) Load(string? path)
    {
        var configuration = Read(path);
        var unknown = UnknownKeys(configuration, typeof(CenterOptions)).ToList();
        if (unknown.Count > 0)
        {
            throw new SettingsException(unknown);
        }

        CenterOptions options;
        try
        {
            options = configuration.Get<CenterOptions>() ?? new CenterOptions();
        }
        catch (InvalidOperationException exception)
        {
            // The binder's own message names the key and the value.
            throw new SettingsException([exception.Message]);
        }

        var faults = options.Validate().ToList();
        return faults.Count == 0 ? (options, configuration) : throw new SettingsException(faults);
    }

    private static IConfigurationRoot Read(string? path)
    {
        var builder = new ConfigurationBuilder();
        if (path is not null && !File.Exists(path))
        {
            throw new SettingsException([$"settings file {path} does not exist"]);
        }

        var file = Path.GetFullPath(path ?? DefaultPath);
        try
        {
            return builder.AddJsonFile(file, optional: path is null).AddEnvironmentVariables(EnvironmentPrefix).Build();
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new SettingsException([$"settings file {file}: {(exception.InnerException ?? exception).Message}"]);
        }
    }

    private static IEnumerable<string> UnknownKeys(IConfiguration section, Type options)
    {
        foreach (var child in section.GetChildren())
        {
            var property = options.GetProperty(child.Key, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase);
            if (property is null)
            {
                if (child.Path != LoggingSection)
                {
                    yield return $"{child.Path} is no known setting";
                }
            }
            else if (property.PropertyType.Assembly == typeof(CenterOptions).Assembly && property.PropertyType.IsClass)
            {
                foreach (var key in UnknownKeys(child, property.PropertyType))
                {
                    yield return key;
                }
            }
        }
    }
}

namespace MediaSecurityLite.Gateway.Settings;

/// <summary>Collects everything that is wrong with the settings, one line per fault, each naming its key.</summary>
internal sealed class SettingsErrors
{
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines => _lines;

    public void Add(string key, string fault) => _lines.Add($"{key} {fault}");

    public void RequireText(string key, string value)
    {
        if (value.Length == 0)
        {
            Add(key, "is missing");
        }
    }

    public void RequireAbsolutePath(string key, string value)
    {
        if (!Path.IsPathRooted(value))
        {
            Add(key, value.Length == 0 ? "is missing" : $"'{value}' is no absolute path");
        }
    }

    public void RequireFile(string key, string value)
    {
        if (value.Length == 0)
        {
            Add(key, "is missing");
        }
        else if (!File.Exists(value))
        {
            Add(key, $"names '{value}', which is no file this user can see");
        }
    }

    public void RequireRange<T>(string key, T value, T least, T most)
        where T : IComparable<T>
    {
        if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
        {
            Add(key, $"is {value}; it must lie between {least} and {most}");
        }
    }
}

using System.Globalization;
using System.Resources;

namespace MediaSecurityLite.SupportCenter.Language;

/// <summary>The texts of one resource file in one language. A missing key is our bug and throws.</summary>
internal sealed class Texts(ResourceManager resources, CultureInfo language)
{
    public CultureInfo Language => language;

    public string this[string key] =>
        resources.GetString(key, language) ?? throw new MissingManifestResourceException($"no text '{key}' in {resources.BaseName}");

    public string Format(string key, params object?[] arguments) => string.Format(language, this[key], arguments);
}

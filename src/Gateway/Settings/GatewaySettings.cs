using MediaSecurityLite.Gateway.Cloud;
using MediaSecurityLite.Gateway.Inline;
using MediaSecurityLite.Gateway.Outbox;
using MediaSecurityLite.Gateway.Patterns;
using MediaSecurityLite.Gateway.Pipeline;
using MediaSecurityLite.Gateway.Policy;
using MediaSecurityLite.Gateway.Updates;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace MediaSecurityLite.Gateway.Settings;

/// <summary>All settings of the agent, read once at start and never changed.</summary>
internal sealed record GatewaySettings(
    GatewayOptions Gateway,
    CaptureOptions Capture,
    InlineSettings Inline,
    PatternsOptions Patterns,
    UpdatesOptions Updates,
    PolicyOptions Policy,
    OutboxOptions Outbox,
    DetectionOptions Detection,
    CloudOptions Cloud)
{
    public const string DefaultFile = "/etc/mslgw/mslgw.json";

    /// <summary>Reads the file, then the environment, and validates all of it.</summary>
    /// <exception cref="OptionsValidationException">With one line per fault.</exception>
    public static GatewaySettings Load(string file)
    {
        var settings = Read(file);
        ThrowIfAny(file, settings.Validate());
        return settings;
    }

    /// <summary>Everything that is wrong with the values.</summary>
    public SettingsErrors Validate()
    {
        var errors = new SettingsErrors();
        Gateway.Validate(errors);
        Capture.Validate(errors, Gateway.Mode);
        Inline.Validate(errors);
        Updates.Validate(errors);
        Outbox.Validate(errors);
        Detection.Validate(errors);
        Cloud.Validate(errors);
        return errors;
    }

    /// <summary>Reads the settings without judging their values: for commands that need only a part of them, or judge themselves.</summary>
    /// <exception cref="OptionsValidationException">The file is missing, malformed, or holds an unknown key or a value of a wrong type.</exception>
    public static GatewaySettings Read(string file)
    {
        var errors = new SettingsErrors();
        var configuration = SettingsFile.Read(file, errors);
        ThrowIfAny(file, errors);

        // Each Get stands here by itself because the binding generator needs its type at the call.
        var settings = new GatewaySettings(
            Bind(errors, () => configuration.Get<GatewayOptions>()) ?? new(),
            Bind(errors, () => configuration.GetSection("Capture").Get<CaptureOptions>()) ?? new(),
            Bind(errors, () => configuration.GetSection("Inline").Get<InlineSettings>()) ?? new(),
            Bind(errors, () => configuration.GetSection("Patterns").Get<PatternsOptions>()) ?? new(),
            Bind(errors, () => configuration.GetSection("Updates").Get<UpdatesOptions>()) ?? new(),
            Bind(errors, () => configuration.GetSection("Policy").Get<PolicyOptions>()) ?? new(),
            Bind(errors, () => configuration.GetSection("Outbox").Get<OutboxOptions>()) ?? new(),
            Bind(errors, () => configuration.GetSection("Detection").Get<DetectionOptions>()) ?? new(),
            Bind(errors, () => configuration.GetSection("Cloud").Get<CloudOptions>()) ?? new());
        ThrowIfAny(file, errors);
        return settings;
    }

    private static T? Bind<T>(SettingsErrors errors, Func<T?> bind)
        where T : class
    {
        try
        {
            return bind();
        }
        catch (InvalidOperationException e)
        {
            // The binder names the key and the type it wanted.
            errors.Add("settings:", e.Message);
            return null;
        }
    }

    private static void ThrowIfAny(string file, SettingsErrors errors)
    {
        if (errors.Lines.Count > 0)
        {
            throw new OptionsValidationException(file, typeof(GatewaySettings), errors.Lines);
        }
    }
}

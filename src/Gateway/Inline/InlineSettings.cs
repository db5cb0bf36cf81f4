using System.Net;
using System.Net.Sockets;
using MediaSecurityLite.Enforcement;
using MediaSecurityLite.Enforcement.Effects;
using MediaSecurityLite.Enforcement.Queue;
using MediaSecurityLite.Enforcement.Rules;
using MediaSecurityLite.Gateway.Settings;

namespace MediaSecurityLite.Gateway.Inline;

/// <summary>What undecided flows meet while the agent does not run.</summary>
internal enum WhileDown
{
    /// <summary>They pass uninspected: the office keeps its line.</summary>
    Pass,

    /// <summary>They wait: nothing goes out uninspected.</summary>
    Stop,
}

/// <summary>The section <c>Inline</c>; without meaning in monitor mode.</summary>
internal sealed class InlineSettings
{
    /// <summary>The kernel's number of the packet queue; to be changed where another program uses it.</summary>
    public int Queue { get; set; } = 77;

    public WhileDown WhileDown { get; set; } = WhileDown.Pass;

    /// <summary>Whom people may ask about a blocked page; empty for "your administrator".</summary>
    public string Contact { get; set; } = "";

    /// <summary>What blocked names resolve to; without either address, to nothing (NXDOMAIN).</summary>
    public string SinkholeIPv4 { get; set; } = "";

    public string SinkholeIPv6 { get; set; } = "";

    public void Validate(SettingsErrors errors)
    {
        const int MaxContact = 200;
        errors.RequireRange("Inline:Queue", Queue, 0, ushort.MaxValue);
        errors.RequireRange("Inline:Contact", Contact.Length, 0, MaxContact);
        RequireAddress(errors, "Inline:SinkholeIPv4", SinkholeIPv4, AddressFamily.InterNetwork);
        RequireAddress(errors, "Inline:SinkholeIPv6", SinkholeIPv6, AddressFamily.InterNetworkV6);
    }

    public RuleSetOptions ToRules() => new() { Queue = (ushort)Queue, PassesWhileDown = WhileDown == WhileDown.Pass };

    public InlineOptions ToEnforcement() => new(
        new QueueOptions { Number = (ushort)Queue, PassesWhenFull = WhileDown == WhileDown.Pass },
        new EffectOptions { Contact = Contact, SinkholeIPv4 = Address(SinkholeIPv4), SinkholeIPv6 = Address(SinkholeIPv6) });

    private static IPAddress? Address(string text) => text.Length > 0 ? IPAddress.Parse(text) : null;

    private static void RequireAddress(SettingsErrors errors, string key, string text, AddressFamily family)
    {
        if (text.Length > 0 && !(IPAddress.TryParse(text, out var address) && address.AddressFamily == family))
        {
            errors.Add(key, $"'{text}' is no {(family == AddressFamily.InterNetwork ? "IPv4" : "IPv6")} address");
        }
    }
}

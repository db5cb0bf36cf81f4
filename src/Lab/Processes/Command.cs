using System.Diagnostics;

namespace MediaSecurityLite.Lab.Processes;

/// <summary>A program and its arguments, handed to the kernel as a list: no shell ever reads them.</summary>
internal sealed record Command(string Program, params IReadOnlyList<string> Arguments)
{
    /// <summary>The network namespace to run in; null for the machine's own.</summary>
    public string? Namespace { get; init; }

    /// <summary>Variables set on top of the inherited environment.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>True for programs that outlive the call that started them: the kernel kills them when the lab dies.</summary>
    public bool DiesWithTheLab { get; init; } = true;

    public ProcessStartInfo ToStartInfo()
    {
        List<string> words = [];
        if (DiesWithTheLab)
        {
            words.AddRange(["setpriv", "--pdeathsig", "KILL", "--"]);
        }

        if (Namespace is not null)
        {
            words.AddRange(["ip", "netns", "exec", Namespace]);
        }

        words.Add(Program);
        words.AddRange(Arguments);
        var info = new ProcessStartInfo(words[0], words.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in Environment)
        {
            info.Environment[name] = value;
        }

        return info;
    }

    /// <summary>As a person would type it, for messages only.</summary>
    public override string ToString() => string.Join(' ', [Program, .. Arguments]);
}

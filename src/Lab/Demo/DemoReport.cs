using System.Globalization;

namespace MediaSecurityLite.Lab.Demo;

/// <summary>Tells on the terminal what happens as it happens, and keeps the results for the closing table.</summary>
internal sealed class DemoReport(TextWriter output, TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();
    private readonly List<StepResult> _results = [];

    public bool AllObserved => _results.Count > 0 && _results.TrueForAll(result => result.IsObserved);

    public void Say(string line) =>
        output.WriteLine($"{time.GetElapsedTime(_start).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture),6} s  {line}");

    public void Add(StepResult result)
    {
        _results.Add(result);
        Say($"  {(result.IsObserved ? "→" : "✗ NOT SEEN:")} {result.Observed}{Text(result.Delay, " after ")}");
    }

    /// <summary>Prints something of several lines, set off from what is told.</summary>
    public void Quote(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            output.WriteLine($"          │ {line}");
        }
    }

    public void WriteTable()
    {
        var width = _results.Max(result => result.Step.Length);
        output.WriteLine();
        output.WriteLine($"{"step".PadRight(width)}  {"seen",-4}  {"delay",8}  observed");
        foreach (var result in _results)
        {
            output.WriteLine($"{result.Step.PadRight(width)}  {(result.IsObserved ? "yes" : "NO"),-4}  {Text(result.Delay, ""),8}  {result.Observed}");
        }
    }

    private static string Text(TimeSpan? delay, string before) =>
        delay is { } some ? $"{before}{some.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture)} s" : "";
}

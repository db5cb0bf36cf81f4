using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using MediaSecurityLite.Capture;
using MediaSecurityLite.Capture.Files;
using MediaSecurityLite.Inspection;
using MediaSecurityLite.Inspection.Detectors;
using MediaSecurityLite.Inspection.Eve;
using MediaSecurityLite.Inspection.Streams;
using MediaSecurityLite.Inspection.Verdicts;

namespace MediaSecurityLite.Gateway.Replay;

/// <summary>One call of <c>mslgw replay</c>: which captures, in which state, and what it cost.</summary>
internal sealed class ReplayRun(DetectionSnapshot snapshot, bool midstream) : IDetectionSink
{
    private readonly Stopwatch _inspecting = new();
    private long _packets;
    private long _bytes;
    private long _flows;
    private long _allocated;
    private readonly SteadyState _steady = new();

    /// <summary>All captures in one state, as if they were one.</summary>
    /// <returns>What went wrong, a line per capture.</returns>
    public List<string> RunAll(IReadOnlyList<string> files, string eve)
    {
        using var output = eve == "none" ? null : new RecordStream(eve == "-" ? Console.OpenStandardOutput() : File.Create(eve));
        var inspector = NewInspector(output);
        var problems = new List<string>();
        foreach (var file in files)
        {
            Play(inspector, file, problems);
        }

        Finish(inspector);
        return problems;
    }

    /// <summary>Every capture by itself.</summary>
    /// <returns>What went wrong, a line per capture.</returns>
    public List<string> RunEach(IReadOnlyList<string> files, string folder)
    {
        Directory.CreateDirectory(folder);
        var problems = new List<string>();
        foreach (var file in files)
        {
            using var output = new RecordStream(File.Create(Path.Combine(folder, Path.GetFileName(file) + ".json")));
            var inspector = NewInspector(output);
            Play(inspector, file, problems);
            Finish(inspector);
        }

        return problems;
    }

    /// <summary>Counts and speed of the inspection alone, as one JSON object.</summary>
    public string Statistics()
    {
        using var process = Process.GetCurrentProcess();
        var seconds = _inspecting.Elapsed.TotalSeconds;
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("packets", _packets);
            json.WriteNumber("bytes", _bytes);
            json.WriteNumber("flows", _flows);
            json.WriteNumber("seconds", Math.Round(seconds, 6));
            json.WriteNumber("packets_per_second", Math.Round(_packets / Math.Max(seconds, 1e-9)));
            json.WriteNumber("allocated_bytes_per_packet", Math.Round(_allocated / (double)Math.Max(_packets, 1), 3));
            json.WriteNumber("steady_allocated_bytes_per_packet", Math.Round(_steady.AllocatedBytesPerPacket, 3));
            json.WriteNumber("peak_rss_bytes", PeakResidentBytes(process));
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }

    void IDetectionSink.OnDetection(Detection detection)
    {
        // The record that the inspector wrote about it is all that a replay wants.
    }

    private Inspector NewInspector(IRecordOutput? output) =>
        new(new InspectorOptions { Streams = new StreamOptions { Midstream = midstream } }, this, output) { Snapshot = snapshot };

    private void Play(Inspector inspector, string file, List<string> problems)
    {
        var allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
        _inspecting.Start();
        try
        {
            using var source = CaptureFile.Open(file);
            while (source.MoveNext() == SourceStatus.Frame)
            {
                inspector.Inspect(source.Current);
                _steady.OnPacket();
            }
        }
        catch (CaptureException e)
        {
            problems.Add(e.Message);
        }

        _inspecting.Stop();
        _allocated += GC.GetAllocatedBytesForCurrentThread() - allocatedBefore;
    }

    private void Finish(Inspector inspector)
    {
        _inspecting.Start();
        inspector.Finish();
        _inspecting.Stop();
        var counters = inspector.Counters;
        _packets += counters.Packets;
        _bytes += counters.Bytes;
        _flows += counters.Flows;
    }

    /// <summary>The framework's own figure is the current one on Linux; the kernel keeps the peak as <c>VmHWM</c>.</summary>
    private static long PeakResidentBytes(Process process)
    {
        const string Status = "/proc/self/status";
        if (!File.Exists(Status))
        {
            return process.PeakWorkingSet64;
        }

        var line = File.ReadLines(Status).First(candidate => candidate.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line["VmHWM:".Length..^"kB".Length], CultureInfo.InvariantCulture) * 1024;
    }
}

using System.Text.Json;
using BenchmarkDotNet.Reports;

namespace MediaSecurityLite.Benchmarks;

/// <summary>How many bytes one operation of each benchmark may allocate; a benchmark without an entry may allocate nothing.</summary>
internal sealed class AllocationBudget(Dictionary<string, long> bytesPerOperation)
{
    public static AllocationBudget Load() =>
        new(JsonSerializer.Deserialize<Dictionary<string, long>>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "allocations.json"))) ?? []);

    public IEnumerable<string> Check(IEnumerable<Summary> summaries)
    {
        foreach (var report in summaries.SelectMany(summary => summary.Reports))
        {
            var name = $"{report.BenchmarkCase.Descriptor.Type.Name}.{report.BenchmarkCase.Descriptor.WorkloadMethod.Name}";
            var allowed = bytesPerOperation.GetValueOrDefault(name);
            if (report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) is not { } allocated)
            {
                yield return $"{name}: did not run";
            }
            else if (allocated > allowed)
            {
                yield return $"{name}: allocates {allocated} bytes per operation, {allowed} are allowed";
            }
        }
    }
}

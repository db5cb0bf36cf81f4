using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using MediaSecurityLite.Benchmarks;

if (args is ["growth"])
{
    return GrowthRun.Run();
}

// Times are a trend on a shared machine; allocated bytes are exact, so they are the gate (allocations.json). In process,
// because the generated project of the other way does not know the house's build settings.
var config = DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
var summaries = BenchmarkSwitcher.FromAssembly(typeof(AllocationBudget).Assembly).Run(args, config);
var faults = AllocationBudget.Load().Check(summaries).ToList();
foreach (var fault in faults)
{
    Console.Error.WriteLine(fault);
}

return faults.Count == 0 ? 0 : 1;

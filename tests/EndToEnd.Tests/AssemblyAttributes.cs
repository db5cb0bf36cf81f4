using Xunit.Sdk;
using Xunit.v3;

// Network namespaces, other programs and delays that are measured: one test after the other.
[assembly: Parallelization(Mode = ParallelMode.None)]

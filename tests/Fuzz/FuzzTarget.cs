namespace MediaSecurityLite.Fuzz;

/// <summary>Something that takes bytes from the wire. It may refuse them; it may not throw, hang, or keep memory.</summary>
/// <param name="Name">As on the command line.</param>
/// <param name="Run">Takes one input.</param>
/// <param name="Seeds">Inputs that get deep, to be changed from there.</param>
internal sealed record FuzzTarget(string Name, Action<byte[]> Run, IReadOnlyList<byte[]> Seeds);

namespace MediaSecurityLite.Lab.Demo;

/// <summary>One line of the closing table.</summary>
/// <param name="Step">What should be seen.</param>
/// <param name="IsObserved">Whether it was.</param>
/// <param name="Observed">What was seen, in the words of the one who looks.</param>
/// <param name="Delay">From the cause to the sight; null where no cause has a moment.</param>
internal sealed record StepResult(string Step, bool IsObserved, string Observed, TimeSpan? Delay = null);

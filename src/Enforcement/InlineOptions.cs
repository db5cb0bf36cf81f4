using MediaSecurityLite.Enforcement.Effects;
using MediaSecurityLite.Enforcement.Queue;

namespace MediaSecurityLite.Enforcement;

/// <summary>What an enforcer needs to know.</summary>
public sealed record InlineOptions(QueueOptions Queue, EffectOptions Effects);

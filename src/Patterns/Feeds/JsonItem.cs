using System.Text.Json;

namespace MediaSecurityLite.Patterns.Feeds;

/// <summary>An object that stands in an array of a JSON document.</summary>
/// <param name="Array">Name of the property that holds the array; empty at the top.</param>
/// <param name="Value">The object; undefined where there is a fault.</param>
/// <param name="Line">Where it begins, from 1.</param>
/// <param name="Fault">Why it cannot be read.</param>
internal readonly record struct JsonItem(string Array, JsonElement Value, int Line, DropReason? Fault);

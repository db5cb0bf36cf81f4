namespace MediaSecurityLite.Lab.Network;

/// <summary>What runs of the lab left behind that were killed without a chance to clean up.</summary>
internal static class Leftovers
{
    /// <summary>Removes them; living runs stay untouched.</summary>
    /// <returns>The ids of the runs that were removed.</returns>
    public static async Task<IReadOnlyList<string>> RemoveAsync(CancellationToken cancellationToken)
    {
        // In this order: a run that starts meanwhile has locked its folder before it makes its first namespace.
        var withNamespaces = await Namespaces.RunsAsync(cancellationToken);
        var dead = RunFolder.Dead();
        var removed = withNamespaces.Except(RunFolder.Living()).Union(dead).ToList();
        foreach (var id in removed)
        {
            await Namespaces.RemoveAsync(id, cancellationToken);
        }

        foreach (var id in dead)
        {
            RunFolder.Remove(id);
        }

        return removed;
    }
}

namespace MediaSecurityLite.Gateway.Updates;

/// <summary>Where the files of packs come from: the layout of a repository, whoever holds it. Nothing that comes from here is believed.</summary>
internal interface IPackSource
{
    /// <summary>Bytes that came so far.</summary>
    long Received { get; }

    /// <summary>Gives a file.</summary>
    /// <param name="path">Below the repository: <c>blobs/…</c>.</param>
    /// <param name="maxBytes">It is refused when it is larger.</param>
    /// <param name="cancellationToken">Stops; what came stays for the next time.</param>
    /// <returns>Its bytes; null where there is none.</returns>
    /// <exception cref="UpdateRefusal">It could not be had.</exception>
    Task<byte[]?> FetchAsync(string path, long maxBytes, CancellationToken cancellationToken);
}

using System.Security.Cryptography;
using System.Text.Json;
using MediaSecurityLite.Contracts;
using MediaSecurityLite.SupportCenter.Storage;
using Microsoft.EntityFrameworkCore;

namespace MediaSecurityLite.SupportCenter.Packs.Library;

/// <summary>
/// Takes a pattern repository in, in four steps: list it, copy what is new beside the library, check the copy, move it in. Until
/// the last step nothing is changed, and manifests move last, so that whoever finds one finds all it names.
/// </summary>
internal sealed class PackImport(PackLibrary library, CenterDb db, TimeProvider time)
{
    /// <exception cref="PackImportException">Something is missing, damaged, too large or contradicts what is here.</exception>
    public async Task<ImportResult> RunAsync(string repository, CancellationToken cancellationToken)
    {
        var files = RepositoryFiles.List(repository);
        var staging = library.NewStaging();
        try
        {
            var copied = new List<PackFileName>();
            foreach (var file in files.Where(file => file.Kind == PackFileKind.Root || !library.Has(file)))
            {
                await CopyAsync(Path.Combine(repository, file.ToString()), Staged(staging, file), file, cancellationToken);
                copied.Add(file);
            }

            var manifests = ManifestsOf(files, file => PathOf(staging, file)!);
            var fresh = CheckRoots(staging, copied);
            fresh.AddRange(CheckSections(staging, files, manifests));
            var added = await NewPacksAsync(manifests, cancellationToken);
            fresh.AddRange(files.Where(file => file.Kind == PackFileKind.Manifest && !library.Has(file)));
            var bytes = fresh.Sum(file => new FileInfo(Staged(staging, file)).Length);
            foreach (var file in fresh)
            {
                File.Move(Staged(staging, file), library.PathOf(file), overwrite: false);
            }

            db.Packs.AddRange(added);
            await db.SaveChangesAsync(cancellationToken);
            return new ImportResult(added, fresh.Count, bytes, library.NewestRoot());
        }
        finally
        {
            Directory.Delete(staging, recursive: true);
        }
    }

    private static string Staged(string staging, PackFileName file) => Path.Combine(staging, $"{file.Kind}-{file.Name}");

    /// <summary>The copy that is being checked, or what the library has had before.</summary>
    private string? PathOf(string staging, PackFileName file) =>
        File.Exists(Staged(staging, file)) ? Staged(staging, file) : library.Has(file) ? library.PathOf(file) : null;

    private static async Task CopyAsync(string source, string target, PackFileName file, CancellationToken cancellationToken)
    {
        const int Buffer = 128 * 1024;
        await using var from = new FileStream(source, FileMode.Open, FileAccess.Read, FileShare.Read, Buffer);
        await using var to = new FileStream(target, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            BufferSize = 0,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        var buffer = new byte[Buffer];
        var copied = 0L;
        int length;
        while ((length = await from.ReadAsync(buffer, cancellationToken)) > 0)
        {
            // It may grow while it is read.
            if ((copied += length) > file.LargestLength)
            {
                throw new PackImportException($"{file} has more than {file.LargestLength} bytes");
            }

            await to.WriteAsync(buffer.AsMemory(0, length), cancellationToken);
        }

        to.Flush(flushToDisk: true);
    }

    private static List<(PackFileName File, PackManifest Manifest)> ManifestsOf(IEnumerable<PackFileName> files, Func<PackFileName, string> pathOf)
    {
        var manifests = new List<(PackFileName, PackManifest)>();
        foreach (var file in files.Where(file => file.Kind == PackFileKind.Manifest))
        {
            var front = File.ReadAllBytes(pathOf(file));
            if (Convert.ToHexStringLower(SHA256.HashData(front)) != file.Digest)
            {
                throw new PackImportException($"{file} is damaged: its digest is another");
            }

            manifests.Add((file, SignedFront.ReadManifest(front, file)));
        }

        return manifests;
    }

    /// <summary>Roots are numbered without a gap, say their number themselves, and never change.</summary>
    /// <returns>Those that are new here.</returns>
    private List<PackFileName> CheckRoots(string staging, IEnumerable<PackFileName> copied)
    {
        var fresh = new List<PackFileName>();
        foreach (var file in copied.Where(file => file.Kind == PackFileKind.Root).OrderBy(file => file.RootVersion()))
        {
            var content = File.ReadAllBytes(Staged(staging, file));
            if (VersionOf(content) != file.RootVersion())
            {
                throw new PackImportException($"{file} is no root of this number");
            }

            if (!library.Has(file))
            {
                fresh.Add(file);
            }
            else if (!content.AsSpan().SequenceEqual(File.ReadAllBytes(library.PathOf(file))))
            {
                throw new PackImportException($"{file} differs from the one imported before; roots never change");
            }
        }

        var expected = library.NewestRoot();
        foreach (var file in fresh)
        {
            if (file.RootVersion() != ++expected)
            {
                throw new PackImportException($"{PackFileName.Root(expected)} is missing; boxes walk the roots one by one");
            }
        }

        return expected > 0 ? fresh : throw new PackImportException("there is no root/1.json; no box could believe these packs");
    }

    private static int? VersionOf(byte[] root)
    {
        try
        {
            return JsonSerializer.Deserialize(root, ContractsJson.Default.SignedRoot) is { } signed
                ? JsonSerializer.Deserialize(signed.Payload, ContractsJson.Default.RootDocument)?.Version
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Every section that a manifest names is here, and every blob and delta gives the section that it is named after.</summary>
    /// <returns>The files that are new here; what no manifest names is left behind.</returns>
    private List<PackFileName> CheckSections(
        string staging, IReadOnlyList<PackFileName> files, List<(PackFileName File, PackManifest Manifest)> manifests)
    {
        var known = new Dictionary<string, PackSection>(StringComparer.Ordinal);
        foreach (var section in manifests.Concat(ManifestsOf(library.Manifests(), library.PathOf)).SelectMany(manifest => manifest.Manifest.Sections))
        {
            known[section.Sha256] = section;
        }

        foreach (var (file, manifest) in manifests)
        {
            if (manifest.Sections.FirstOrDefault(section =>
                PathOf(staging, PackFileName.Blob(section.Sha256)) is null && PathOf(staging, PackFileName.CompressedBlob(section.Sha256)) is null) is { } missing)
            {
                throw new PackImportException($"blobs/{missing.Sha256} is missing: section '{missing.Name}' of {manifest.Name} {manifest.Version} ({file})");
            }
        }

        var check = new SectionCheck(file => PathOf(staging, file));
        var fresh = new List<PackFileName>();
        foreach (var file in files.Where(file => file.Kind is PackFileKind.Blob or PackFileKind.Delta && !library.Has(file)).OrderBy(file => file.Kind))
        {
            if (!known.TryGetValue(file.Digest!, out var section))
            {
                continue;
            }

            if (file.Kind == PackFileKind.Blob)
            {
                check.Blob(file, section);
            }
            else if (known.TryGetValue(file.DeltaFrom, out var from))
            {
                check.Delta(file, from, section);
            }
            else
            {
                continue;
            }

            fresh.Add(file);
        }

        return fresh;
    }

    private async Task<List<StoredPack>> NewPacksAsync(IEnumerable<(PackFileName File, PackManifest Manifest)> manifests, CancellationToken cancellationToken)
    {
        var added = new List<StoredPack>();
        var known = await db.Packs.AsNoTracking().ToListAsync(cancellationToken);
        foreach (var (file, manifest) in manifests.OrderBy(manifest => Number(manifest.Manifest)))
        {
            if (known.Concat(added).FirstOrDefault(pack => pack.Name == manifest.Name && pack.Version == manifest.Version) is { } same)
            {
                if (same.ManifestSha256 != file.Digest)
                {
                    throw new PackImportException($"{file} is another {manifest.Name} {manifest.Version} than manifests/{same.ManifestSha256}");
                }

                continue;
            }

            added.Add(new StoredPack
            {
                Name = manifest.Name,
                Version = manifest.Version,
                ManifestSha256 = file.Digest!,
                Created = manifest.Created,
                Expires = manifest.Expires,
                Bytes = manifest.Sections.Sum(section => section.Length),
                ImportedAt = time.GetUtcNow(),
            });
        }

        return added;
    }

    private static PackVersionNumber Number(PackManifest manifest) => PackVersionNumber.TryParse(manifest.Version, out var number) ? number : default;
}

using System.Security.Cryptography;
using MediaSecurityLite.Inspection.Protocols;

namespace MediaSecurityLite.Inspection.Files;

/// <summary>
/// A file on its way through a flow: hashed and counted as its bytes pass, never held. Recycled by the parser that owns it,
/// which calls <see cref="Begin"/>, <see cref="Append"/>, <see cref="End"/> in this order and then reports it.
/// </summary>
internal sealed class TrackedFile : IDisposable
{
    /// <summary>Bytes kept from the start, enough for every magic number the engine knows (tar's lies at 257).</summary>
    public const int MaxHead = 512;

    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _digest = new byte[SHA256.HashSizeInBytes];
    private readonly byte[] _head = new byte[MaxHead];
    private int _headLength;
    private bool _hasPending;

    /// <summary>Its name as the protocol gave it; empty where it gave none.</summary>
    public KeptField Name { get; } = new(1024);

    /// <summary>Bytes seen.</summary>
    public long Size { get; private set; }

    /// <summary>Bytes of it were missing in the capture, so the digest says nothing.</summary>
    public bool HasGaps { get; private set; }

    /// <summary>It was seen to its end.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Between <see cref="Begin"/> and <see cref="End"/>.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Its first bytes.</summary>
    public ReadOnlySpan<byte> Head => _head.AsSpan(0, _headLength);

    /// <summary>SHA-256 of what was seen; valid after <see cref="End"/>.</summary>
    public ReadOnlySpan<byte> Digest => _digest;

    public void Begin(ReadOnlySpan<byte> name)
    {
        if (_hasPending)
        {
            _sha256.GetHashAndReset(_digest);
            _hasPending = false;
        }

        Name.Set(name);
        Size = 0;
        _headLength = 0;
        HasGaps = IsComplete = false;
        IsOpen = true;
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (_headLength < MaxHead)
        {
            var length = Math.Min(bytes.Length, MaxHead - _headLength);
            bytes[..length].CopyTo(_head.AsSpan(_headLength));
            _headLength += length;
        }

        _sha256.AppendData(bytes);
        _hasPending = true;
        Size += bytes.Length;
    }

    /// <summary>Bytes of the file are missing.</summary>
    public void Skip(long length)
    {
        HasGaps = true;
        Size += length;
    }

    public void End(bool isComplete)
    {
        _sha256.GetHashAndReset(_digest);
        _hasPending = false;
        IsComplete = isComplete;
        IsOpen = false;
    }

    public void Dispose() => _sha256.Dispose();
}

using System.Security.Cryptography;
using MediaSecurityLite.Inspection.Flows;
using MediaSecurityLite.Inspection.Protocols;

namespace MediaSecurityLite.Inspection.Files;

/// <summary>
/// A file on its way through a flow: hashed and counted as its bytes pass, never held. Taken from the <see cref="FilePool"/> by
/// the reader that found it, which calls <see cref="Begin"/>, <see cref="Append"/>, <see cref="End"/> in this order, reports it
/// and returns it.
/// </summary>
internal sealed class TrackedFile(long maxBytes = long.MaxValue) : IDisposable
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

    /// <summary>Which way it goes.</summary>
    public Direction Direction { get; private set; }

    /// <summary>The transaction that carries it, counted within its flow.</summary>
    public int Transaction { get; private set; }

    /// <summary>Bytes seen.</summary>
    public long Size { get; private set; }

    /// <summary>The part of a larger file that it is (RFC 9110, 14.4); null where it is a whole one.</summary>
    public (long First, long Last)? Range { get; set; }

    /// <summary>Bytes of it were missing in the capture.</summary>
    public bool HasGaps { get; private set; }

    /// <summary>It was seen to its end.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Between <see cref="Begin"/> and <see cref="End"/>.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>The digest is that of the whole file.</summary>
    public bool HasDigest => IsComplete && !HasGaps && Size <= maxBytes;

    /// <summary>Its first bytes.</summary>
    public ReadOnlySpan<byte> Head => _head.AsSpan(0, _headLength);

    /// <summary>What its first bytes say it is; empty where they say nothing.</summary>
    public ReadOnlySpan<byte> Magic => FileMagic.Of(Head);

    /// <summary>SHA-256; valid after <see cref="End"/> and with <see cref="HasDigest"/>.</summary>
    public ReadOnlySpan<byte> Digest => _digest;

    public void Begin(ReadOnlySpan<byte> name, Direction direction = Direction.ToClient, int transaction = 0)
    {
        Finish();
        Name.Set(name);
        Direction = direction;
        Transaction = transaction;
        Range = null;
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

        Size += bytes.Length;
        if (Size <= maxBytes && !HasGaps)
        {
            _sha256.AppendData(bytes);
            _hasPending = true;
        }
    }

    /// <summary>Bytes of the file are missing.</summary>
    public void Skip(long length)
    {
        HasGaps = true;
        Size += length;
    }

    public void End(bool isComplete)
    {
        Finish();
        IsComplete = isComplete && Size <= maxBytes;
        IsOpen = false;
    }

    public void Dispose() => _sha256.Dispose();

    private void Finish()
    {
        if (_hasPending || IsOpen)
        {
            _sha256.GetHashAndReset(_digest);
            _hasPending = false;
        }
    }
}

using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols.Xmpp;

/// <summary>
/// XMPP up to the point where it becomes TLS (RFC 6120, 5.4): the client's bytes behind its request are held back until the
/// server has agreed or not.
/// </summary>
internal sealed class XmppParser : ProtocolParser
{
    /// <summary>STARTTLS comes first or not at all; this many tags later nobody waits for it.</summary>
    private const int MaxTags = 256;

    /// <summary>A longer tag is none of those that matter.</summary>
    private const int MaxTag = 4096;

    private const int MaxHeld = 16 << 10;

    private int _tags;
    private bool _isWaiting;
    private bool _isHandingOver;
    private bool _isOtherDue;

    public override AppProtocol Protocol => AppProtocol.Xmpp;

    public override bool IsHandingOver => _isHandingOver;

    public override bool IsOtherDue => _isOtherDue;

    public override int Read(Observations observations, Flow flow, Direction direction, ReadOnlySpan<byte> data, ref int wanted)
    {
        var rest = data;
        _isOtherDue = false;
        if (direction == Direction.ToServer)
        {
            _isWaiting &= rest.Length <= MaxHeld;
            while (!_isWaiting && TryTakeTag(ref rest, out var tag))
            {
                _isWaiting = tag.StartsWith("<starttls"u8);
            }
        }
        else
        {
            while (!_isHandingOver && TryTakeTag(ref rest, out var tag))
            {
                TakeAnswer(tag);
            }
        }

        return _tags > MaxTags || (rest.Length > MaxTag && !_isWaiting) ? -1 : data.Length - rest.Length;
    }

    public override void Reset()
    {
        _tags = 0;
        _isWaiting = _isHandingOver = _isOtherDue = false;
    }

    private void TakeAnswer(ReadOnlySpan<byte> tag)
    {
        if (_isWaiting && tag.StartsWith("<proceed"u8))
        {
            _isHandingOver = true;
        }
        else if (_isWaiting && tag.StartsWith("<failure"u8))
        {
            _isWaiting = false;
            _isOtherDue = true;
        }
    }

    private bool TryTakeTag(ref ReadOnlySpan<byte> data, out ReadOnlySpan<byte> tag)
    {
        var end = data.IndexOf((byte)'>');
        if (end < 0)
        {
            tag = default;
            return false;
        }

        tag = data[..(end + 1)];
        tag = tag[Math.Max(0, tag.LastIndexOf((byte)'<'))..];
        data = data[(end + 1)..];
        _tags++;
        return true;
    }
}

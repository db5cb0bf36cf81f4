using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols.Text;

/// <summary>
/// A protocol of commands and answers in which a command may end it (STARTTLS and its kin): behind such a command the client's
/// bytes are held back until the server has agreed or not, for they mean one thing if it does and another if it does not.
/// </summary>
internal abstract class CommandParser : ProtocolParser
{
    /// <summary>A client that sends more behind such a command does not wait for the answer.</summary>
    private const int MaxHeld = 16 << 10;

    private bool _isHandingOver;
    private bool _isOtherDue;

    public sealed override bool IsHandingOver => _isHandingOver;

    public sealed override bool IsOtherDue => _isOtherDue;

    /// <summary>A command is out whose answer decides what the client's next bytes are.</summary>
    protected bool IsWaiting { get; private set; }

    public override int Read(Observations observations, Flow flow, Direction direction, ReadOnlySpan<byte> data, ref int wanted)
    {
        var rest = data;
        _isOtherDue = false;
        if (direction == Direction.ToServer)
        {
            IsWaiting &= data.Length <= MaxHeld;
            ReadCommands(observations, flow, ref rest);
        }
        else
        {
            ReadAnswers(observations, flow, ref rest);
        }

        return data.Length - rest.Length;
    }

    public override void Reset() => IsWaiting = _isHandingOver = _isOtherDue = false;

    /// <summary>Takes commands until nothing is left or <see cref="Wait"/> was called.</summary>
    protected abstract void ReadCommands(Observations observations, Flow flow, ref ReadOnlySpan<byte> data);

    /// <summary>Takes answers until nothing is left or <see cref="IsHandingOver"/>.</summary>
    protected abstract void ReadAnswers(Observations observations, Flow flow, ref ReadOnlySpan<byte> data);

    /// <summary>What follows is held back until <see cref="Decide"/>.</summary>
    protected void Wait() => IsWaiting = true;

    /// <summary>The server has agreed that another protocol follows, or not: then what was held back is read.</summary>
    protected void Decide(bool isHandingOver)
    {
        _isHandingOver = isHandingOver;
        _isOtherDue = IsWaiting && !isHandingOver;
        IsWaiting = false;
    }
}

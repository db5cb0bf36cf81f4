using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols.Smb;

/// <summary>Reads the commands of SMB2 and SMB3 (MS-SMB2, 2.2).</summary>
internal static class Smb2Reader
{
    /// <summary>Of commands without file data this much is read; names lie within.</summary>
    private const int MaxHead = 4096;

    private const int WriteRequestLength = Smb2Header.Length + 48;
    private const int ReadResponseLength = Smb2Header.Length + 16;

    /// <summary>Bytes that are to be there before <see cref="Read"/> can tell.</summary>
    public static int NeededLength(ReadOnlySpan<byte> data, int messageLeft)
    {
        if (data.Length < Smb2Header.Length || messageLeft < Smb2Header.Length)
        {
            return Math.Min(messageLeft, Smb2Header.Length);
        }

        var header = new Smb2Header(data);
        var needed = (header.Command, header.IsResponse) switch
        {
            (Smb2Command.Write, false) => WriteRequestLength,
            (Smb2Command.Read, true) => ReadResponseLength,
            (Smb2Command.Negotiate or Smb2Command.TreeConnect or Smb2Command.Create or Smb2Command.Close or Smb2Command.Read, _) => MaxHead,
            _ => Smb2Header.Length,
        };
        return Math.Min(needed, CommandLength(header, messageLeft));
    }

    public static void Read(
        Observations observations, Flow flow, Direction direction, SmbSide side, SmbSession session, SmbParser parser, ReadOnlySpan<byte> command)
    {
        if (command.Length < Smb2Header.Length)
        {
            side.StartCommand(side.MessageLeft);
            observations.CountMalformed();
            return;
        }

        var header = new Smb2Header(command);
        side.StartCommand(CommandLength(header, side.MessageLeft));
        if (header.IsResponse != (direction == Direction.ToClient))
        {
            observations.CountMalformed();
        }
        else if (header.IsResponse)
        {
            ReadResponse(observations, flow, side, session, parser, header, command);
        }
        else
        {
            ReadRequest(observations, flow, side, session, parser, header, command);
        }
    }

    private static int CommandLength(in Smb2Header header, int messageLeft) =>
        header.NextCommand >= Smb2Header.Length && header.NextCommand <= messageLeft ? (int)header.NextCommand : messageLeft;

    private static void ReadRequest(
        Observations observations, Flow flow, SmbSide side, SmbSession session, SmbParser parser, in Smb2Header header, ReadOnlySpan<byte> command)
    {
        switch (header.Command)
        {
            case Smb2Command.Negotiate:
                ReadOffer(parser.Negotiation, command);
                break;
            case Smb2Command.TreeConnect:
                session.Expect(new SmbRequest(header.MessageId, SmbAction.ConnectTree, default, 0));
                break;
            case Smb2Command.Create:
                ReadCreate(observations, flow, side, session, header, command);
                break;
            case Smb2Command.Read:
                var file = ChainedFile(side, command, Smb2Header.Length + 16);
                session.Expect(new SmbRequest(header.MessageId, SmbAction.Read, file, SmbBytes.U64(command, Smb2Header.Length + 8)));
                break;
            case Smb2Command.Close:
                session.Expect(new SmbRequest(header.MessageId, SmbAction.Close, ChainedFile(side, command, Smb2Header.Length + 8), 0));
                break;
            case Smb2Command.Write when command.Length == WriteRequestLength && !session.IsPipeTree(header.TreeId):
                var written = session.FindOrAdd(observations, flow, ChainedFile(side, command, Smb2Header.Length + 16));
                var length = SmbBytes.U32(command, Smb2Header.Length + 4);
                written.Writing.Seek(observations, written.Name.Value, SmbBytes.U64(command, Smb2Header.Length + 8));
                side.StartData(written.Writing, SmbBytes.U16(command, Smb2Header.Length + 2), length);
                break;
        }
    }

    private static void ReadResponse(
        Observations observations, Flow flow, SmbSide side, SmbSession session, SmbParser parser, in Smb2Header header, ReadOnlySpan<byte> command)
    {
        if (header.Command == Smb2Command.Negotiate)
        {
            ReadChoice(parser.Negotiation, header, command);
            parser.ReportNegotiation(observations, flow);
            return;
        }

        if (header.IsPending || !session.TryTakeRequest(header.MessageId, out var request))
        {
            return;
        }

        var isSuccess = header.Status == 0;
        switch (request.Action)
        {
            case SmbAction.ConnectTree when isSuccess:
                ReadTree(session, header, command);
                break;
            case SmbAction.Open:
                session.Opened(observations, flow, request.File, isSuccess ? FileId(command, Smb2Header.Length + 64) : null);
                break;
            case SmbAction.Read when isSuccess && command.Length == ReadResponseLength && !session.IsPipeTree(header.TreeId):
                var read = session.FindOrAdd(observations, flow, request.File);
                read.Reading.Seek(observations, read.Name.Value, request.Offset);
                side.StartData(read.Reading, command[Smb2Header.Length + 2], SmbBytes.U32(command, Smb2Header.Length + 4));
                break;
            case SmbAction.Close:
                session.Close(observations, flow, request.File, isComplete: true);
                break;
        }
    }

    private static void ReadCreate(
        Observations observations, Flow flow, SmbSide side, SmbSession session, in Smb2Header header, ReadOnlySpan<byte> command)
    {
        side.ChainFile = SmbFileId.Of(header.MessageId);
        if (session.IsPipeTree(header.TreeId))
        {
            return;
        }

        Span<byte> name = stackalloc byte[1024];
        var text = SmbBytes.Slice(command, SmbBytes.U16(command, Smb2Header.Length + 44), SmbBytes.U16(command, Smb2Header.Length + 46));
        session.Open(observations, flow, header.MessageId, name[..SmbBytes.ToUtf8(text, name)]);
        session.Expect(new SmbRequest(header.MessageId, SmbAction.Open, side.ChainFile, 0));
    }

    /// <summary>The file a request names; in a chain it may be that of the request before (MS-SMB2, 3.3.5.2.7.2).</summary>
    private static SmbFileId ChainedFile(SmbSide side, ReadOnlySpan<byte> command, int offset)
    {
        var id = FileId(command, offset);
        side.ChainFile = id == SmbFileId.Related ? side.ChainFile : id;
        return side.ChainFile;
    }

    private static SmbFileId FileId(ReadOnlySpan<byte> command, int offset) =>
        new(SmbBytes.U64(command, offset), SmbBytes.U64(command, offset + 8));

    /// <summary>MS-SMB2, 2.2.10: 1 is a share of files, 2 one of pipes, 3 a printer.</summary>
    private static void ReadTree(SmbSession session, in Smb2Header header, ReadOnlySpan<byte> command)
    {
        const byte Disk = 1;
        if (command.Length > Smb2Header.Length + 2 && command[Smb2Header.Length + 2] != Disk)
        {
            session.AddPipeTree(header.TreeId);
        }
        else
        {
            session.RemovePipeTree(header.TreeId);
        }
    }

    /// <summary>MS-SMB2, 2.2.3.</summary>
    private static void ReadOffer(SmbNegotiation negotiation, ReadOnlySpan<byte> command)
    {
        negotiation.Clear();
        negotiation.ClientGuid.Set(SmbBytes.Slice(command, Smb2Header.Length + 12, SmbNegotiation.GuidLength));
        Span<byte> text = stackalloc byte[4];
        int count = SmbBytes.U16(command, Smb2Header.Length + 2);
        for (var offset = Smb2Header.Length + 36; count > 0 && offset + 2 <= command.Length; count--, offset += 2)
        {
            negotiation.Offered.Add(text[..SmbNegotiation.Format(SmbBytes.U16(command, offset), text)]);
        }
    }

    /// <summary>MS-SMB2, 2.2.4.</summary>
    private static void ReadChoice(SmbNegotiation negotiation, in Smb2Header header, ReadOnlySpan<byte> command)
    {
        negotiation.Status = header.Status;
        negotiation.IsVersion1 = false;
        if (header.Status == 0)
        {
            Span<byte> text = stackalloc byte[4];
            negotiation.Chosen.Set(text[..SmbNegotiation.Format(SmbBytes.U16(command, Smb2Header.Length + 4), text)]);
            negotiation.ServerGuid.Set(SmbBytes.Slice(command, Smb2Header.Length + 8, SmbNegotiation.GuidLength));
        }
    }
}

using MediaSecurityLite.Inspection.Flows;

namespace MediaSecurityLite.Inspection.Protocols.Smb;

/// <summary>
/// Reads the messages of SMB1 (MS-CIFS, 2.2.4; MS-SMB). A message is a header and one or more blocks:
/// <c>| word count 1 | words | byte count 2 | bytes |</c>; where commands are chained, the first two words name the next
/// command and where its block starts.
/// </summary>
internal static class Smb1Reader
{
    /// <summary>Commands in one message; each lies behind the one before.</summary>
    private const int MaxChain = 8;

    public static void Read(Observations observations, Flow flow, Direction direction, SmbSession session, SmbParser parser, ReadOnlySpan<byte> message)
    {
        if (message.Length < Smb1Header.Length + 3)
        {
            observations.CountMalformed();
            return;
        }

        var header = new Smb1Header(message);
        if (header.IsResponse != (direction == Direction.ToClient))
        {
            observations.CountMalformed();
            return;
        }

        var command = header.Command;
        var offset = Smb1Header.Length;
        for (var i = 0; i < MaxChain && offset < message.Length; i++)
        {
            var block = new Smb1Block(message, offset);
            if (header.IsResponse)
            {
                ReadResponse(observations, flow, session, parser, header, command, block);
            }
            else
            {
                ReadRequest(observations, flow, session, parser, header, command, block);
            }

            if (!Smb1Command.IsChained(command) || block.Words.Length < 4 || block.Words[0] == Smb1Command.None)
            {
                break;
            }

            command = block.Words[0];
            int next = SmbBytes.U16(block.Words, 2);
            if (next <= offset)
            {
                break;
            }

            offset = next;
        }
    }

    private static void ReadRequest(
        Observations observations, Flow flow, SmbSession session, SmbParser parser, in Smb1Header header, byte command, in Smb1Block block)
    {
        switch (command)
        {
            case Smb1Command.Negotiate:
                ReadOffer(parser.Negotiation, block.Bytes);
                break;
            case Smb1Command.TreeConnectAndX:
                session.Expect(new SmbRequest(header.Number, SmbAction.ConnectTree, default, 0));
                break;
            case Smb1Command.NtCreateAndX when block.Words.Length >= 48:
                // The name starts at an even place in the message if it is Unicode.
                var pad = header.IsUnicode ? block.BytesOffset & 1 : 0;
                Open(observations, flow, session, header, SmbBytes.Slice(block.Bytes, pad, SmbBytes.U16(block.Words, 5)));
                break;
            case Smb1Command.OpenAndX when block.Words.Length >= 30:
                pad = header.IsUnicode ? block.BytesOffset & 1 : 0;
                Open(observations, flow, session, header, SmbBytes.Slice(block.Bytes, pad, block.Bytes.Length));
                break;
            case Smb1Command.ReadAndX when block.Words.Length >= 20:
                var high = block.Words.Length >= 24 ? (ulong)SmbBytes.U32(block.Words, 20) << 32 : 0;
                session.Expect(new SmbRequest(header.Number, SmbAction.Read, FileId(block.Words, 4), high | SmbBytes.U32(block.Words, 6)));
                break;
            case Smb1Command.Close when block.Words.Length >= 2:
                session.Expect(new SmbRequest(header.Number, SmbAction.Close, FileId(block.Words, 0), 0));
                break;
            case Smb1Command.WriteAndX when block.Words.Length >= 24 && !session.IsPipeTree(header.Tree):
                Write(observations, flow, session, block);
                break;
        }
    }

    private static void ReadResponse(
        Observations observations, Flow flow, SmbSession session, SmbParser parser, in Smb1Header header, byte command, in Smb1Block block)
    {
        if (command == Smb1Command.Negotiate)
        {
            ReadChoice(parser.Negotiation, header, block.Words);
            parser.ReportNegotiation(observations, flow);
            return;
        }

        var isAwaited = command is Smb1Command.TreeConnectAndX or Smb1Command.NtCreateAndX or Smb1Command.OpenAndX or Smb1Command.ReadAndX or Smb1Command.Close;
        if (!isAwaited || !session.TryTakeRequest(header.Number, out var request))
        {
            return;
        }

        var isSuccess = header.Status == 0;
        switch (request.Action)
        {
            case SmbAction.ConnectTree when isSuccess:
                ReadTree(session, header, block.Bytes);
                break;
            case SmbAction.Open:
                var place = command == Smb1Command.NtCreateAndX ? 5 : 4;
                session.Opened(observations, flow, request.File, isSuccess && block.Words.Length > place + 1 ? FileId(block.Words, place) : null);
                break;
            case SmbAction.Read when isSuccess && block.Words.Length >= 24 && !session.IsPipeTree(header.Tree):
                var length = SmbBytes.U16(block.Words, 10) | (SmbBytes.U16(block.Words, 14) << 16);
                var read = session.FindOrAdd(observations, flow, request.File);
                read.Reading.Seek(observations, read.Name.Value, request.Offset);
                read.Reading.Append(SmbBytes.Slice(block.Message, SmbBytes.U16(block.Words, 12), length));
                break;
            case SmbAction.Close:
                session.Close(observations, flow, request.File, isComplete: true);
                break;
        }
    }

    private static void Open(Observations observations, Flow flow, SmbSession session, in Smb1Header header, ReadOnlySpan<byte> text)
    {
        if (session.IsPipeTree(header.Tree))
        {
            return;
        }

        Span<byte> name = stackalloc byte[1024];
        var length = 0;
        if (header.IsUnicode)
        {
            length = SmbBytes.ToUtf8(text, name);
        }
        else
        {
            text = text[..Math.Min(text.Length, name.Length)];
            text.CopyTo(name);
            length = text.Length;
        }

        var end = name[..length].IndexOf((byte)0);
        session.Open(observations, flow, header.Number, name[..(end < 0 ? length : end)]);
        session.Expect(new SmbRequest(header.Number, SmbAction.Open, SmbFileId.Of(header.Number), 0));
    }

    /// <summary>MS-SMB, 2.2.4.3.1: lengths and offsets have a high half where the words go on.</summary>
    private static void Write(Observations observations, Flow flow, SmbSession session, in Smb1Block block)
    {
        var words = block.Words;
        var high = words.Length >= 28 ? (ulong)SmbBytes.U32(words, 24) << 32 : 0;
        var length = (SmbBytes.U16(words, 18) << 16) | SmbBytes.U16(words, 20);
        var file = session.FindOrAdd(observations, flow, FileId(words, 4));
        file.Writing.Seek(observations, file.Name.Value, high | SmbBytes.U32(words, 6));
        file.Writing.Append(SmbBytes.Slice(block.Message, SmbBytes.U16(words, 22), length));
    }

    private static SmbFileId FileId(ReadOnlySpan<byte> words, int offset) => new(0, SmbBytes.U16(words, offset));

    /// <summary>MS-CIFS, 2.2.4.55.2: the service is a string; "A:" is a share of files.</summary>
    private static void ReadTree(SmbSession session, in Smb1Header header, ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("A:"u8))
        {
            session.RemovePipeTree(header.Tree);
        }
        else
        {
            session.AddPipeTree(header.Tree);
        }
    }

    /// <summary>MS-CIFS, 2.2.4.52.1: names with a 2 before and a 0 behind each.</summary>
    private static void ReadOffer(SmbNegotiation negotiation, ReadOnlySpan<byte> bytes)
    {
        negotiation.Clear();
        negotiation.IsVersion1 = true;
        while (bytes.Length > 1 && bytes[0] == 2)
        {
            var end = bytes.IndexOf((byte)0);
            if (end < 0)
            {
                break;
            }

            negotiation.Offered.Add(bytes[1..end]);
            bytes = bytes[(end + 1)..];
        }
    }

    private static void ReadChoice(SmbNegotiation negotiation, in Smb1Header header, ReadOnlySpan<byte> words)
    {
        negotiation.IsVersion1 = true;
        negotiation.Status = header.Status;
        int index = SmbBytes.U16(words, 0);
        if (words.Length >= 2 && index < negotiation.Offered.Count)
        {
            negotiation.Chosen.Set(negotiation.Offered[index]);
        }
    }
}

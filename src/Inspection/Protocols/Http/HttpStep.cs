namespace MediaSecurityLite.Inspection.Protocols.Http;

/// <summary>What a message reader met next.</summary>
internal enum HttpStep : byte
{
    /// <summary>Nothing until more bytes come.</summary>
    NeedMore,

    /// <summary>The request or status line.</summary>
    StartLine,

    /// <summary>Where a status line should be there is something else; nothing was taken.</summary>
    NoStatusLine,

    /// <summary>A header line, with its continuations.</summary>
    Header,

    /// <summary>The empty line after the headers.</summary>
    HeadersEnd,

    /// <summary>Bytes of the body.</summary>
    Body,

    /// <summary>The message is over.</summary>
    MessageEnd,
}

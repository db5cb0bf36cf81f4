namespace MediaSecurityLite.Inspection.Compression;

/// <summary>Receives what a body decodes to, in order.</summary>
internal interface IContentSink
{
    void Content(ReadOnlySpan<byte> bytes);
}

namespace MediaSecurityLite.Inspection.Eve;

/// <summary>Takes finished records, one JSON object a line, in pieces of whole lines.</summary>
public interface IRecordOutput
{
    /// <summary>Takes them; the bytes are only valid during the call.</summary>
    void Write(ReadOnlySpan<byte> lines);
}

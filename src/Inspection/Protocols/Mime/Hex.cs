namespace MediaSecurityLite.Inspection.Protocols.Mime;

/// <summary>Hexadecimal digits.</summary>
internal static class Hex
{
    /// <returns>Negative for what is no digit.</returns>
    public static int Value(byte character) => character switch
    {
        >= (byte)'0' and <= (byte)'9' => character - '0',
        >= (byte)'a' and <= (byte)'f' => character - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => character - 'A' + 10,
        _ => -1,
    };
}

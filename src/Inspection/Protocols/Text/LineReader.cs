namespace MediaSecurityLite.Inspection.Protocols.Text;

/// <summary>
/// Cuts lines out of a stream and remembers how far it has looked, so that a line which comes byte by byte costs no more than
/// one that comes at once. Of a line beyond the bound the first part is given, the rest of it passed over.
/// </summary>
internal struct LineReader
{
    private int _scanned;
    private bool _isPassingOver;

    /// <summary>Takes the next line, without its end.</summary>
    /// <returns>False until more bytes come; <paramref name="data"/> is then what is to be shown again.</returns>
    public bool TryTake(ref ReadOnlySpan<byte> data, int maxLength, out ReadOnlySpan<byte> line)
    {
        line = default;
        while (true)
        {
            var end = data[Math.Min(_scanned, data.Length)..].IndexOf((byte)'\n');
            end = end < 0 ? -1 : end + _scanned;
            if (_isPassingOver)
            {
                _scanned = 0;
                data = end < 0 ? default : data[(end + 1)..];
                if (end < 0)
                {
                    return false;
                }

                _isPassingOver = false;
                continue;
            }

            if (end < 0 && data.Length < maxLength)
            {
                _scanned = data.Length;
                return false;
            }

            _scanned = 0;
            _isPassingOver = end < 0 || end >= maxLength;
            line = data[..(_isPassingOver ? maxLength : end)];
            data = data[(_isPassingOver ? maxLength : end + 1)..];
            line = line is [.. var text, (byte)'\r'] && !_isPassingOver ? text : line;
            return true;
        }
    }

    /// <summary>Bytes are missing: what comes next is the rest of some line.</summary>
    public void Skip()
    {
        _scanned = 0;
        _isPassingOver = true;
    }
}

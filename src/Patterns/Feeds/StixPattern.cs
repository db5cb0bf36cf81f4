using System.Text;
using MediaSecurityLite.Inspection.Detectors;

namespace MediaSecurityLite.Patterns.Feeds;

/// <summary>
/// Patterns of STIX 2.1 (section 9) that a list of entries can express: comparisons for equality, joined by <c>OR</c>, in one or
/// several observations joined by <c>OR</c>. What needs two facts at once, an order, a time or a wildcard is an expression.
/// </summary>
internal static class StixPattern
{
    private const int MaxTerms = 1000;

    /// <summary>Takes a pattern apart.</summary>
    /// <returns>Why it cannot be used; null where it can.</returns>
    public static DropReason? Parse(string pattern, out List<(string Path, string Value)> terms)
    {
        terms = [];
        if (Tokens(pattern) is not { } tokens)
        {
            return DropReason.Malformed;
        }

        var place = 0;
        string? Next() => place < tokens.Count ? tokens[place++] : null;
        while (true)
        {
            if (Next() != "[")
            {
                return Fault(tokens);
            }

            do
            {
                var (path, sign, value) = (Next(), Next(), Next());
                if (path is null || sign != "=" || value is not ['\'', ..] || terms.Count == MaxTerms)
                {
                    return Fault(tokens);
                }

                terms.Add((path, value[1..]));
            }
            while (Next() is "OR");

            if (tokens[place - 1] != "]")
            {
                return Fault(tokens);
            }

            var joint = Next();
            if (joint is null)
            {
                return null;
            }

            if (joint != "OR")
            {
                return Fault(tokens);
            }
        }
    }

    /// <summary>Reads one comparison.</summary>
    public static DropReason? Parse(string path, string value, out Indicator indicator)
    {
        switch (path)
        {
            case "domain-name:value" or "ipv4-addr:value" or "ipv6-addr:value" or "url:value":
                return IndicatorParser.Parse(value, out indicator);
            case "file:hashes.MD5" or "file:hashes.'MD5'" or "file:hashes.'SHA-1'" or "file:hashes.'SHA-256'" or "file:hashes.SHA1" or "file:hashes.SHA256":
                return HashIndicator.ParseFile(value, out indicator);
            case "x509-certificate:hashes.'SHA-1'" or "x509-certificate:hashes.SHA1":
                return HashIndicator.ParseFingerprint(FingerprintKind.Certificate, value, out indicator);
            default:
                indicator = default;
                return DropReason.Unsupported;
        }
    }

    /// <summary>A pattern that is whole, and only says more than a list can; or one that is broken.</summary>
    private static DropReason Fault(List<string> tokens) =>
        tokens.Count > 4 && tokens[0] is "[" or "(" && tokens.Count(token => token == "[") == tokens.Count(token => token == "]")
            ? DropReason.Expression
            : DropReason.Malformed;

    /// <summary>Brackets, signs, words; strings with a quote in front and their escapes undone. Null where one has no end.</summary>
    private static List<string>? Tokens(string pattern)
    {
        var tokens = new List<string>();
        var text = new StringBuilder();
        for (var i = 0; i < pattern.Length;)
        {
            var c = pattern[i];
            if (char.IsWhiteSpace(c))
            {
                i++;
            }
            else if (c is '[' or ']' or '(' or ')' or '=' or '<' or '>' or '!')
            {
                tokens.Add(c.ToString());
                i++;
            }
            else if (c == '\'')
            {
                text.Clear().Append(c);
                if (!TryReadString(pattern, ref i, text))
                {
                    return null;
                }

                tokens.Add(text.ToString());
            }
            else
            {
                var start = i;
                while (i < pattern.Length && !char.IsWhiteSpace(pattern[i]) && pattern[i] is not ('[' or ']' or '(' or ')' or '=' or '<' or '>' or '!'))
                {
                    i++;
                }

                tokens.Add(pattern[start..i]);
            }
        }

        return tokens;
    }

    private static bool TryReadString(string pattern, ref int i, StringBuilder text)
    {
        for (i++; i < pattern.Length; i++)
        {
            if (pattern[i] == '\'')
            {
                i++;
                return true;
            }

            i += pattern[i] == '\\' && i + 1 < pattern.Length ? 1 : 0;
            text.Append(pattern[i]);
        }

        return false;
    }
}

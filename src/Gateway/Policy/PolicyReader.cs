using System.Text.Json;
using System.Text.Json.Serialization;
using MediaSecurityLite.Contracts;

namespace MediaSecurityLite.Gateway.Policy;

/// <summary>Reads a policy document: bounded, strict about member names (a mistyped one would silently protect nobody).</summary>
internal static class PolicyReader
{
    /// <summary>Room for some 40,000 rules of usual length.</summary>
    public const int MaxBytes = 2 << 20;

    private static readonly ContractsJson Strict = new(new JsonSerializerOptions(ContractsJson.Default.Options)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        MaxDepth = 8,
    });

    /// <exception cref="PolicyException">It is no policy, or one that breaks the rules of <see cref="PolicyRules"/>.</exception>
    public static PolicyDocument Read(string path)
    {
        try
        {
            var bytes = ReadBytes(path);
            var document = JsonSerializer.Deserialize(bytes, Strict.PolicyDocument)
                ?? throw new PolicyException(["holds null instead of a policy"]);
            var faults = PolicyRules.Check(document).ToList();
            if (faults.Count > 0)
            {
                throw new PolicyException(faults);
            }

            document.Compile();
            return document;
        }
        catch (JsonException e)
        {
            throw new PolicyException([$"{path}: line {e.LineNumber + 1}: {WithoutPosition(e.Message)}"]);
        }
        catch (PolicyException e)
        {
            throw new PolicyException([.. e.Faults.Select(fault => $"{path}: {fault}")]);
        }
    }

    /// <summary>The reader ends its messages with the place, counted from 0; people count lines from 1.</summary>
    private static string WithoutPosition(string message)
    {
        var position = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return (position < 0 ? message : message[..position]).TrimEnd('|', ' ');
    }

    private static byte[] ReadBytes(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            var buffer = new byte[MaxBytes + 1];
            var length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            return length <= MaxBytes
                ? buffer[..length]
                : throw new PolicyException([$"is larger than {MaxBytes} bytes"]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PolicyException([$"cannot be read: {e.Message}"]);
        }
    }
}

using System.Net;

namespace MediaSecurityLite.Gateway.Tests.Updates;

/// <summary>Serves a repository folder as any web server would, unless a test makes it misbehave.</summary>
internal sealed class Mirror(string folder) : HttpMessageHandler
{
    public const string Base = "https://mirror.example/patterns";

    /// <summary>What was asked for, with the range where there was one.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>Answers in place of the folder; null lets the folder answer.</summary>
    public Func<string, HttpResponseMessage?> Instead { get; set; } = _ => null;

    public static HttpResponseMessage Answer(HttpContent content, HttpStatusCode code = HttpStatusCode.OK) => new(code) { Content = content };

    public static HttpResponseMessage Nothing(HttpStatusCode code) => new(code);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsoluteUri[(Base.Length + 1)..];
        var from = request.Headers.Range?.Ranges.Single().From ?? 0;
        Requests.Add(from > 0 ? $"{path}@{from}" : path);
        if (Instead(path) is { } answer)
        {
            return answer;
        }

        var file = Path.Combine(folder, path);
        if (!File.Exists(file))
        {
            return Nothing(HttpStatusCode.NotFound);
        }

        var bytes = await File.ReadAllBytesAsync(file, cancellationToken);
        if (from == 0)
        {
            return Answer(new ByteArrayContent(bytes));
        }

        var part = Answer(new ByteArrayContent(bytes[(int)from..]), HttpStatusCode.PartialContent);
        part.Content.Headers.ContentRange = new System.Net.Http.Headers.ContentRangeHeaderValue(from, bytes.Length - 1, bytes.Length);
        return part;
    }
}

/// <summary>A body that a test writes as it is read.</summary>
internal sealed class Trickle(Func<int, int> read) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => read(count);

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

using System.Threading.RateLimiting;
using MediaSecurityLite.Contracts;
using MediaSecurityLite.SupportCenter.Broker;
using MediaSecurityLite.SupportCenter.Packs.Library;
using Microsoft.Net.Http.Headers;

namespace MediaSecurityLite.SupportCenter.Packs.Serving;

/// <summary>
/// Answers a gateway that asks for a file: whose certificate it is, how often that asks, whether the fleet knows it, whether
/// there is such a file; in this order, so that nobody without a right to ask can keep the database busy.
/// </summary>
internal sealed class PackRequests : IAsyncDisposable
{
    private const string Lasting = "private, max-age=31536000, immutable";

    private readonly PackLibrary _library;
    private readonly GatewayAdmission _admission;
    private readonly Refusals _refusals;
    private readonly PackMetrics _metrics;
    private readonly PartitionedRateLimiter<string> _rate;

    public PackRequests(PackLibrary library, GatewayAdmission admission, Refusals refusals, PackMetrics metrics, PackOptions options)
    {
        _library = library;
        _admission = admission;
        _refusals = refusals;
        _metrics = metrics;
        _rate = PartitionedRateLimiter.Create<string, string>(thumbprint => RateLimitPartition.GetFixedWindowLimiter(
            thumbprint,
            _ => new FixedWindowRateLimiterOptions { PermitLimit = options.RequestsPerMinute, Window = TimeSpan.FromMinutes(1), QueueLimit = 0 }));
    }

    public async Task AnswerAsync(HttpContext context)
    {
        var response = context.Response;
        var (gateway, refusal) = await AdmitAsync(context);
        if (refusal is { } cause)
        {
            _refusals.Note(cause, gateway?.ToString());
            response.StatusCode = cause == RefusalCause.TooManyRequests ? StatusCodes.Status429TooManyRequests : StatusCodes.Status403Forbidden;
        }
        else if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            response.Headers.Allow = "GET, HEAD";
        }
        else if (FileOf(context.Request.Path) is { } file)
        {
            await SendAsync(context, file);
        }
        else
        {
            response.StatusCode = StatusCodes.Status404NotFound;
        }

        _metrics.Answered(response.StatusCode);
    }

    public ValueTask DisposeAsync() => _rate.DisposeAsync();

    private async Task<(GatewayId? Gateway, RefusalCause? Refusal)> AdmitAsync(HttpContext context)
    {
        if (context.Connection.ClientCertificate is not { } certificate || !GatewayAdmission.TryName(certificate, out var gateway))
        {
            return (null, RefusalCause.ForeignCertificate);
        }

        // By certificate, so that one taken away cannot use up what its successor may ask. A fixed window keeps nothing that
        // its lease would have to give back.
        using var lease = _rate.AttemptAcquire(certificate.Thumbprint);
        return (gateway, lease.IsAcquired
            ? await _admission.RefusalOfAsync(gateway, certificate, context.RequestAborted)
            : RefusalCause.TooManyRequests);
    }

    private PackFileName? FileOf(PathString path) =>
        path.StartsWithSegments(PackServer.Prefix, StringComparison.Ordinal, out var rest)
        && rest.Value is ['/', .. var name]
        && PackFileName.TryParse(name, out var file)
        && _library.Has(file)
            ? file
            : null;

    private async Task SendAsync(HttpContext context, PackFileName file)
    {
        context.Response.Headers.CacheControl = Lasting;
        context.Response.Headers.XContentTypeOptions = "nosniff";
        var result = TypedResults.PhysicalFile(
            _library.PathOf(file),
            file.Kind == PackFileKind.Root ? "application/json" : "application/octet-stream",
            entityTag: new EntityTagHeaderValue($"\"{file.Name}\""),
            enableRangeProcessing: true);
        await result.ExecuteAsync(context);
    }
}

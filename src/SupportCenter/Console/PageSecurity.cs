using Microsoft.Extensions.Primitives;

namespace MediaSecurityLite.SupportCenter.Console;

/// <summary>What a browser is told about the page, and from where the page may be used: from itself only.</summary>
internal static class PageSecurity
{
    private const string ContentPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
        "base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    public static void UsePageSecurity(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        if (IsFromElsewhere(context.Request))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        context.Response.OnStarting(
            static state =>
            {
                var headers = ((HttpContext)state).Response.Headers;
                headers.ContentSecurityPolicy = ContentPolicy;
                headers.XContentTypeOptions = "nosniff";
                headers.XFrameOptions = "DENY";
                headers["Referrer-Policy"] = "no-referrer";
                headers["Cross-Origin-Opener-Policy"] = "same-origin";
                headers["Cross-Origin-Resource-Policy"] = "same-origin";
                headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
                return Task.CompletedTask;
            },
            context);
        await next(context);
    });

    // The browser of an operator may be shown a hostile page that knocks on loopback addresses.
    private static bool IsFromElsewhere(HttpRequest request) =>
        !StringValues.IsNullOrEmpty(request.Headers.Origin) &&
        !string.Equals(request.Headers.Origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
}

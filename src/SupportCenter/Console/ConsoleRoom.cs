using System.Globalization;
using MediaSecurityLite.SupportCenter.Identity;
using MediaSecurityLite.SupportCenter.Language;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Localization;

namespace MediaSecurityLite.SupportCenter.Console;

/// <summary>The page of the support centre.</summary>
internal static class ConsoleRoom
{
    private const string ContentPolicyOfCircuits = "'none'";

    public static void AddConsole(this IServiceCollection services, ConsoleOptions options, string dataDirectory)
    {
        var keys = Path.Combine(dataDirectory, "page-keys");
        PrivateFile.EnsureDirectory(keys);
        services.AddDataProtection().SetApplicationName("mslcenter").PersistKeysToFileSystem(new DirectoryInfo(keys));
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddSingleton<ConsoleFeed>();
        services.AddSingleton<DashboardReader>();

        // A name that somebody else's DNS points at this machine is not ours.
        services.Configure<HostFilteringOptions>(filter =>
            filter.AllowedHosts = [new Uri(options.Url).Host, "localhost", "127.0.0.1", "[::1]"]);
        services.Configure<RequestLocalizationOptions>(localization =>
        {
            localization.DefaultRequestCulture = new RequestCulture(Languages.Japanese);
            localization.SupportedCultures = localization.SupportedUICultures = [.. Languages.All];
            localization.RequestCultureProviders = [new CookieRequestCultureProvider()];
        });
    }

    public static void MapConsole(this WebApplication app)
    {
        app.UseHostFiltering();
        app.UsePageSecurity();
        app.UseRequestLocalization();
        app.UseAntiforgery();
        app.MapStaticAssets();
        app.MapGet("/language/{code}", ChooseLanguage);
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(mode => mode.ContentSecurityFrameAncestorsPolicy = ContentPolicyOfCircuits);
    }

    private static IResult ChooseLanguage(string code, HttpContext context)
    {
        if (!Languages.IsKnown(code))
        {
            return Results.NotFound();
        }

        var culture = new RequestCulture(CultureInfo.GetCultureInfo(code));
        context.Response.Cookies.Append(
            CookieRequestCultureProvider.DefaultCookieName,
            CookieRequestCultureProvider.MakeCookieValue(culture),
            new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, MaxAge = TimeSpan.FromDays(365), IsEssential = true });
        return Results.LocalRedirect("/");
    }
}

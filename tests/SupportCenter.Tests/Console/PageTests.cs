using System.Net;
using System.Net.Http.Headers;
using MediaSecurityLite.Contracts;
using MediaSecurityLite.SupportCenter.Packs.Rollouts;
using MQTTnet;

namespace MediaSecurityLite.SupportCenter.Tests.Console;

public sealed class PageTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _browser = new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false });
    private RunningCenter _center = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _center = await RunningCenter.StartAsync(_folder.Path);

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await _center.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Get_EmptyFleet_SaysSoInJapanese()
    {
        var page = await PageAsync();

        Assert.Contains("""<html lang="ja">""", page, StringComparison.Ordinal);
        Assert.Contains("ゲートウェイはまだ登録されていません。", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_AfterChoosingEnglish_IsEnglish()
    {
        using var chosen = await _browser.GetAsync(new Uri(_center.Page, "language/en"), Token);
        var cookie = chosen.Headers.GetValues("Set-Cookie").Single().Split(';')[0];

        var page = await PageAsync(cookie);

        Assert.Equal(HttpStatusCode.Redirect, chosen.StatusCode);
        Assert.Contains("""<html lang="en">""", page, StringComparison.Ordinal);
        Assert.Contains("No gateway is registered yet.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("ゲートウェイ", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_UnknownLanguage_IsNotFound()
    {
        using var response = await _browser.GetAsync(new Uri(_center.Page, "language/xx"), Token);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Theory]
    [InlineData("ja", "未接続", "C&C サーバーとの通信", "検知のみ", "カテゴリ")]
    [InlineData("en", "Online", "Talks to a C&C server", "Detected only", "Category")]
    public async Task Get_BusyFleet_ShowsGatewaysIncidentsAndEvents(string language, params string[] expected)
    {
        using var client = await FillAsync();

        var page = await PageAsync($".AspNetCore.Culture=c%3D{language}%7Cuic%3D{language}");

        Assert.All(expected, text => Assert.Contains(text, page, StringComparison.Ordinal));
        Assert.Contains("c2.bad.example", page, StringComparison.Ordinal);
        Assert.Contains("gambling", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_NameThatWasOnlyLookedUp_IsShownWithoutTheResolver()
    {
        using var certificate = await _center.RegisterAsync("gw-1", "山田商店");
        using var client = await _center.ConnectAsync("gw-1", certificate);
        var lookup = Messages.Detection() with { IsLookup = true, Protocol = "UDP", Remote = "192.0.2.53", RemotePort = 53 };
        await RunningCenter.PublishAsync(client, Messages.DetectionTopic("gw-1"), Messages.Bytes(Messages.Event("gw-1", lookup)));

        var page = await PageAsync();

        Assert.Contains("<bdi>c2.bad.example</bdi> (DNS)", page, StringComparison.Ordinal);
        Assert.DoesNotContain("192.0.2.53", page, StringComparison.Ordinal);
        Assert.DoesNotContain("c2.bad.example</bdi>:53", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ja", "パターンファイルの配信", "停止中", "自動停止：報告のあった 12 台のうち 1 台が前の版に戻りました。")]
    [InlineData("en", "Pattern pack rollouts", "Stopped", "Stopped by itself: 1 of 12 gateways that reported went back to the version before.")]
    public async Task Get_StoppedRollout_SaysWhyAndWhatToDo(string language, params string[] expected)
    {
        await using (var db = _center.OpenDb())
        {
            var now = TimeProvider.System.GetUtcNow();
            var rollout = new Rollout
            {
                Channel = PatternChannels.Stable,
                Pack = "starter",
                Version = "2026.11.25",
                ManifestSha256 = "",
                ReleasedAt = now,
                BaselineRate = 0,
                Share = 100,
                StageStartedAt = now,
                WatchedFrom = now,
            };
            Assert.True(rollout.TryTake(RolloutStep.Stop, now));
            (rollout.StopCause, rollout.StopFound, rollout.StopMeasure) = (RolloutStop.Rollbacks, 1, 12);
            db.Rollouts.Add(rollout);
            await db.SaveChangesAsync(Token);
        }

        var page = await PageAsync($".AspNetCore.Culture=c%3D{language}%7Cuic%3D{language}");

        Assert.All(expected, text => Assert.Contains(text, page, StringComparison.Ordinal));
        Assert.Contains("mslcenter admin patterns rollout resume 1", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_HostileNames_AreShownHarmlessly()
    {
        const string hostile = "<script>alert(1)</script>";
        using var certificate = await _center.RegisterAsync("gw-1", "<img src=x onerror=alert(2)>");
        using var client = await _center.ConnectAsync("gw-1", certificate);
        await RunningCenter.PublishAsync(
            client, Messages.DetectionTopic("gw-1"), Messages.Bytes(Messages.Event("gw-1", Messages.Detection(host: hostile, name: hostile))));

        var raw = await _browser.GetStringAsync(_center.Page, Token);

        Assert.DoesNotContain("<script>alert", raw, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img src=x", raw, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(hostile, WebUtility.HtmlDecode(raw), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_Page_HasSecurityHeadersAndLoadsNothingFromElsewhere()
    {
        using var response = await _browser.GetAsync(_center.Page, Token);
        var page = await response.Content.ReadAsStringAsync(Token);

        var policies = response.Headers.GetValues("Content-Security-Policy");
        Assert.Contains(policies, policy => policy.Contains("default-src 'none'", StringComparison.Ordinal) && policy.Contains("frame-ancestors 'none'", StringComparison.Ordinal));
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("DENY", response.Headers.GetValues("X-Frame-Options").Single());
        Assert.False(response.Headers.Contains("Server"));
        Assert.DoesNotContain("http://", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("https://", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("style=\"", page, StringComparison.Ordinal);
        foreach (var asset in System.Text.RegularExpressions.Regex.Matches(page, "(?:src|href)=\"([^\"#]+\\.(?:css|js|svg))\"").Select(match => match.Groups[1].Value).Distinct())
        {
            using var loaded = await _browser.GetAsync(new Uri(_center.Page, asset), Token);
            Assert.Equal(HttpStatusCode.OK, loaded.StatusCode);
        }
    }

    [Theory]
    [InlineData("evil.example", null, HttpStatusCode.BadRequest)]
    [InlineData(null, "http://evil.example", HttpStatusCode.Forbidden)]
    [InlineData(null, "null", HttpStatusCode.Forbidden)]
    [InlineData(null, null, HttpStatusCode.OK)]
    public async Task Get_FromElsewhere_IsRefused(string? host, string? origin, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _center.Page);
        request.Headers.Host = host;
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        using var response = await _browser.SendAsync(request, Token);

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task Get_Health_IsHealthy() =>
        Assert.Equal("Healthy", await _browser.GetStringAsync(new Uri(_center.Page, "healthz"), Token));

    private async Task<IMqttClient> FillAsync()
    {
        await _center.RegisterAsync("gw-2", "鈴木製作所");
        using var certificate = await _center.RegisterAsync("gw-1", "山田商店");
        var client = await _center.ConnectAsync("gw-1", certificate);
        await RunningCenter.PublishAsync(client, Messages.DetectionTopic("gw-1"), Messages.Bytes(Messages.Event("gw-1", Messages.Detection())));
        await RunningCenter.PublishAsync(client, Topics.Heartbeat(GatewayId.Parse("gw-1")), Messages.Bytes(Messages.Heartbeat("gw-1")));
        await RunningCenter.PublishAsync(client, Messages.DetectionTopic("gw-1"), Messages.Bytes(Messages.Event(
            "gw-1", Messages.Detection(DetectionKind.Category, DetectionAction.Blocked, host: "casino.example", name: "gambling"))));
        return client;
    }

    private async Task<string> PageAsync(string? cookie = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _center.Page);
        request.Headers.AcceptLanguage.Add(new StringWithQualityHeaderValue("fr"));
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        using var response = await _browser.SendAsync(request, Token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync(Token));
    }
}

using MediaSecurityLite.Lab.Captures;
using MediaSecurityLite.Lab.Product;
using MediaSecurityLite.Lab.Scenarios;
using Microsoft.Playwright;

namespace MediaSecurityLite.EndToEnd.Tests.Product;

/// <summary>The page in a real browser.</summary>
public sealed class LivePageTests
{
    private const string Chromium = "/usr/bin/chromium";
    private static readonly TimeProvider Time = TimeProvider.System;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_OpenWhileATerminalIsInfected_ShowsTheIncidentWithoutReload()
    {
        Assert.SkipUnless(File.Exists(Chromium), $"{Chromium} is not installed");
        await using var stage = await ProductStage.SetUpAsync(lab: null, new StageOptions(), Time, Cancel);
        await SyntheticCapture.WriteAsync(stage.Gateway.CaptureFile!, Time.GetUtcNow(), [(TimeSpan.Zero, Scenario.Infection)], Time, Cancel);
        await stage.StartCenterAsync(Cancel);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        var page = await browser.NewPageAsync(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = 1280, Height = 1100 } });
        List<string> faults = [];
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                faults.Add(message.Text);
            }
        };
        await page.GotoAsync(stage.Center.Page.ToString());
        await page.Locator("[data-live=yes]").WaitForAsync();
        await page.EvaluateAsync("window.openedOnce = true");
        Assert.Equal(0, await page.Locator(".incident").CountAsync());

        await stage.StartGatewayAsync();
        await page.Locator(".incident", new PageLocatorOptions { HasText = "C&C" }).WaitForAsync();

        Assert.True(await page.EvaluateAsync<bool>("window.openedOnce === true"), "the page was loaded anew");
        Assert.Contains(Sites.CommandServer.Host, await page.InnerTextAsync("main"), StringComparison.Ordinal);
        Assert.Empty(faults);
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(ProductPrograms.Repository(), "artifacts", "page.png"), FullPage = true });
    }
}

namespace MediaSecurityLite.SupportCenter.Notifications;

/// <summary>How customers are told.</summary>
internal static class NotificationsRoom
{
    public static void AddNotifications(this IServiceCollection services, MailOptions options, SupportOptions support, string dataDirectory)
    {
        services.AddSingleton(options);
        services.AddSingleton(support);
        services.AddSingleton<MailComposer>();
        services.AddSingleton<MailSignal>();
        services.AddSingleton<NotificationMetrics>();
        services.AddSingleton<IMailTransport>(options.SmtpHost is null
            ? new PickupTransport(options.PickupDirectory ?? Path.Combine(dataDirectory, "pickup"))
            : new SmtpTransport(options));
        services.AddSingleton<MailDispatcher>();
        services.AddHostedService(provider => provider.GetRequiredService<MailDispatcher>());
    }
}

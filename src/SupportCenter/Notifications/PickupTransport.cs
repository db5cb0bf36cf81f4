using MediaSecurityLite.SupportCenter.Identity;
using MimeKit;

namespace MediaSecurityLite.SupportCenter.Notifications;

/// <summary>Writes mails as <c>*.eml</c> files for another program, or a person, to pick up. A file is whole as soon as it is there.</summary>
internal sealed class PickupTransport(string directory) : IMailTransport
{
    public string Name => "pickup";

    public async Task HandOverAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        await message.WriteToAsync(buffer, cancellationToken);
        PrivateFile.EnsureDirectory(directory);
        var id = message.MessageId!;
        var name = id[..id.IndexOf('@', StringComparison.Ordinal)];
        PrivateFile.Write(Path.Combine(directory, $"{name}.eml"), buffer.GetBuffer().AsSpan(0, (int)buffer.Length), overwrite: true);
    }
}

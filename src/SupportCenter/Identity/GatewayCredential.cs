using System.Text;

namespace MediaSecurityLite.SupportCenter.Identity;

/// <summary>What a box needs to reach the centre; the private key exists here and in the folder it is written to, nowhere else.</summary>
internal sealed class GatewayCredential(string authorityPem, string certificatePem, string keyPem, string thumbprint)
{
    public string Thumbprint { get; } = thumbprint;

    /// <summary>Writes <c>ca.pem</c>, <c>gateway.pem</c> and <c>gateway.key</c>, readable by their owner only.</summary>
    /// <exception cref="IOException">One of the files is there already.</exception>
    public void WriteTo(string folder)
    {
        PrivateFile.EnsureDirectory(folder);
        foreach (var (name, content) in new[] { ("ca.pem", authorityPem), ("gateway.pem", certificatePem), ("gateway.key", keyPem) })
        {
            PrivateFile.Write(Path.Combine(folder, name), Encoding.ASCII.GetBytes(content), overwrite: false);
        }
    }
}

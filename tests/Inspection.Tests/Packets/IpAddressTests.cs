using System.Net;
using FsCheck.Xunit;
using MediaSecurityLite.Inspection.Packets;

namespace MediaSecurityLite.Inspection.Tests.Packets;

public sealed class IpAddressTests
{
    [Theory]
    [InlineData("192.0.2.1")]
    [InlineData("0.0.0.0")]
    [InlineData("255.255.255.255")]
    [InlineData("2001:db8::1")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("2001:db8:0:1:1:1:1:1")]
    [InlineData("2001:0:0:1::1")]
    [InlineData("fe80::")]
    public void ToString_IsTheCanonicalForm(string text)
    {
        Assert.True(IpAddress.TryParse(text, out var address));
        Assert.Equal(text, address.ToString());
    }

    [Property]
    public bool ToString_OfAnyIPv6Address_IsReadBackAsTheSame(ulong high, ulong low)
    {
        var address = new IpAddress(high, low);
        return IPAddress.TryParse(address.ToString(), out var parsed) && (address.IsIPv4 || IpAddress.FromIPAddress(parsed) == address);
    }
}

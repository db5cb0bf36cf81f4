using System.Text.Json;

namespace MediaSecurityLite.Contracts.Tests;

public sealed class DefaultsTests
{
    [Fact]
    public void Deserialize_PolicyWithoutMembers_HasTheDefaults()
    {
        var policy = JsonSerializer.Deserialize("{}", ContractsJson.Default.PolicyDocument);

        Assert.NotNull(policy);
        Assert.Equal(0, policy.Version);
        Assert.Equal(FunctionMode.On, policy.CommandAndControl.Mode);
        Assert.Empty(policy.UrlLists.Allow);
        Assert.Empty(policy.UrlLists.Block);
        Assert.Empty(policy.Categories.Block);
        Assert.Empty(policy.Applications.Block);
    }

    [Fact]
    public void Deserialize_PolicyWithAPart_HasTheDefaultsOfTheRest()
    {
        var policy = JsonSerializer.Deserialize("""{"urlLists":{"block":["a.example"]}}""", ContractsJson.Default.PolicyDocument);

        Assert.NotNull(policy);
        Assert.Equal(["a.example"], policy.UrlLists.Block);
        Assert.Empty(policy.UrlLists.Allow);
        Assert.Empty(policy.Categories.Block);
    }

    [Theory]
    [InlineData("""{"urlLists":null}""")]
    [InlineData("""{"urlLists":{"allow":null}}""")]
    public void Deserialize_PolicyWithNull_IsRefused(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(json, ContractsJson.Default.PolicyDocument));
}

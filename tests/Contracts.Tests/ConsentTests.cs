using System.Reflection;

namespace MediaSecurityLite.Contracts.Tests;

public sealed class ConsentTests
{
    /// <summary>Whatever the serialiser can put into an envelope leaves the box, so new payloads are found without being listed.</summary>
    public static TheoryData<Type> Payloads => new(
        typeof(ContractsJson).GetProperties()
            .Select(property => property.PropertyType)
            .Where(type => type.IsGenericType)
            .Select(type => type.GetGenericArguments()[0])
            .Where(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(CloudEvent<>))
            .Select(type => type.GetGenericArguments()[0]));

    [Theory]
    [MemberData(nameof(Payloads))]
    public void EveryFieldThatLeavesTheBox_MapsToAConsentItem(Type payload)
    {
        var without = Fields(payload)
            .Where(property => property.GetCustomAttribute<ConsentAttribute>() is null)
            .Select(property => $"{property.DeclaringType!.Name}.{property.Name}");

        Assert.Empty(without);
    }

    /// <summary>The fields of a payload, and those of the items of its lists.</summary>
    private static IEnumerable<PropertyInfo> Fields(Type type) => type.GetProperties().SelectMany(property =>
        property.PropertyType.IsGenericType && property.PropertyType.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)
            ? Fields(property.PropertyType.GetGenericArguments()[0]).Prepend(property)
            : [property]);
}

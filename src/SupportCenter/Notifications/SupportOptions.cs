namespace MediaSecurityLite.SupportCenter.Notifications;

/// <summary>Whom the customer is told to call.</summary>
internal sealed class SupportOptions
{
    private const int MaxLength = 100;

    /// <summary>Name of the support desk; null: a general wording.</summary>
    public string? Name { get; set; }

    /// <summary>Its telephone number.</summary>
    public string? Phone { get; set; }

    /// <summary>When it answers.</summary>
    public string? Hours { get; set; }

    public IEnumerable<string> Validate()
    {
        foreach (var (key, value) in new[] { ("Name", Name), ("Phone", Phone), ("Hours", Hours) })
        {
            if (value is not null && (value.Length is 0 or > MaxLength || value.Any(char.IsControl)))
            {
                yield return $"Support:{key} must be one line of 1 to {MaxLength} characters";
            }
        }
    }
}

Feature: VISS version 3 over HTTP

  Background:
    Given the VISS server is running
    And the VISS client is connected via HTTP

  Scenario: a leaf is read
    When I send a read request with path "Vehicle.Speed"
    Then I should receive a valid read response

  Scenario: errors are spelled as version 3 does
    When I send a read request with path "Vehicle.Nothing"
    Then the answer holds
      """
      { "status": 404, "error": { "number": 404, "reason": "unavailable_data", "description": "Data is unknown", "message": null } }
      """
    When I send a set request for path "Vehicle.Speed" with the value 5
    Then I should receive a read-only error

  Scenario: metadata of so many generations
    When I send the message
      """
      { "action": "get", "path": "Vehicle.Body.Hood", "filter": { "variant": "metadata", "parameter": "1" } }
      """
    Then the answer holds
      """
      { "metadata": { "Hood": { "type": "branch", "children": null } } }
      """
